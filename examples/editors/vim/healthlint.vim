" Vim 8 or later with ALE: save as ~/.vim/ale_linters/markdown/healthlint.vim (and .../html/, .../text/).
" ALE's own form for a linter that speaks the language server protocol; :ALECodeAction offers what to do.
call ale#Set('healthlint_executable', 'healthlint')

call ale#linter#Define(&filetype is# '' ? 'markdown' : split(&filetype, '\.')[0], {
\   'name': 'healthlint',
\   'lsp': 'stdio',
\   'executable': {buffer -> ale#Var(buffer, 'healthlint_executable')},
\   'command': '%e server',
\   'project_root': {buffer -> fnamemodify(bufname(buffer), ':p:h')},
\})
