"""Real editors, headless: the right columns, and after each quick fix the right buffer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the language server needs pygls: pip install 'healthlint[lsp]'")

ROOT = Path(__file__).parents[2]
EDITORS = ROOT / "examples" / "editors"
TEXT = "# Pain\n\n\U0001f48a é Take 1.0 mg at night.\n"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def run(folder: Path, *command: str, text: str = TEXT) -> Any:
    (folder / "a.md").write_text(text)
    healthlint = folder / "healthlint"
    healthlint.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m healthlint "$@"\n')
    healthlint.chmod(0o755)
    environment = {**ENVIRONMENT, "HOME": str(folder), "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    report = folder / "report.json"
    assert report.is_file(), done.stdout + done.stderr
    return json.loads(report.read_text())


def test_neovim_shows_the_words_and_makes_the_fix(tmp_path: Path) -> None:
    script = tmp_path / "try.lua"
    script.write_text(f"""
        local ok, failure = pcall(function()
          dofile({json.dumps(str(EDITORS / "neovim" / "healthlint.lua"))})
          vim.cmd("edit a.md")
          vim.bo.filetype = "markdown"
          local function found()
            for _, each in ipairs(vim.diagnostic.get(0)) do
              local code = each.code or (each.user_data and each.user_data.lsp.code)
              if code == "medication/trailing-zero" then
                return each
              end
            end
          end
          assert(vim.wait(60000, function() return found() ~= nil end, 50), "no diagnostic")
          local each = found()
          local line = vim.api.nvim_buf_get_lines(0, each.lnum, each.lnum + 1, true)[1]
          local words = line:sub(each.col + 1, each.end_col)
          vim.api.nvim_win_set_cursor(0, {{each.lnum + 1, each.col}})
          local params = vim.lsp.util.make_range_params()
          params.context = {{ diagnostics = vim.lsp.diagnostic.get_line_diagnostics() }}
          local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 60000)
          local client = vim.lsp.get_active_clients()[1]
          for _, answer in pairs(answers) do
            for _, action in ipairs(answer.result or {{}}) do
              if action.isPreferred then
                vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
              end
            end
          end
          local buffer = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\\n") .. "\\n"
          local file = io.open("report.json", "w")
          local clients = #vim.lsp.get_active_clients()
          file:write(vim.json.encode({{ words = words, buffer = buffer, clients = clients }}))
          file:close()
        end)
        if not ok then io.stderr:write(tostring(failure)) end
        vim.cmd("qall!")
    """)

    report = run(tmp_path, program("nvim"), "--headless", "--clean", "-S", str(script))

    assert report == {"words": "1.0 mg", "buffer": TEXT.replace("1.0", "1"), "clients": 1}


def test_emacs_shows_the_words_and_makes_the_fix(tmp_path: Path) -> None:
    script = tmp_path / "try.el"
    script.write_text(f"""
        (require 'package)
        (add-to-list 'package-directory-list "/usr/share/emacs/site-lisp/elpa")
        (package-initialize)
        (setq eglot-sync-connect 30 eglot-events-buffer-size 0 coding-system-for-write 'utf-8)
        (define-derived-mode markdown-mode text-mode "Markdown")
        (load {json.dumps(str(EDITORS / "emacs" / "healthlint.el"))})
        (find-file "a.md")
        (markdown-mode)
        (call-interactively #'eglot)
        (let ((tries 0) found)
          (while (and (not found) (< tries 600))
            (setq tries (1+ tries))
            (accept-process-output nil 0.1)
            (setq found (seq-find (lambda (each) (string-match-p "1.0 mg" (flymake-diagnostic-text each)))
                                  (flymake-diagnostics))))
          (let ((words (buffer-substring-no-properties (flymake-diagnostic-beg found) (flymake-diagnostic-end found))))
            (goto-char (flymake-diagnostic-beg found))
            (let* ((actions (jsonrpc-request (eglot-current-server) :textDocument/codeAction
                              (list :textDocument (eglot--TextDocumentIdentifier)
                                    :range (list :start (eglot--pos-to-lsp-position (point))
                                                 :end (eglot--pos-to-lsp-position (point)))
                                    :context (list :diagnostics [] :only ["quickfix"]))))
                   (preferred (seq-find (lambda (each) (eq (plist-get each :isPreferred) t)) actions)))
              (eglot--apply-workspace-edit (plist-get preferred :edit)))
            (let ((buffer (buffer-string)))
              (with-temp-file "report.json"
                (insert (json-encode (list (cons 'words words) (cons 'buffer (substring-no-properties buffer)))))))))
        (eglot-shutdown (eglot-current-server))
    """)

    report = run(tmp_path, program("emacs"), "--batch", "-Q", "-l", str(script))

    assert report == {"words": "1.0 mg", "buffer": TEXT.replace("1.0", "1")}


def test_vim_with_ale_shows_the_words(tmp_path: Path) -> None:
    """ALE 3.3 takes the columns of LSP for bytes, so the line before the words is plain ASCII."""
    ale = next((path.parents[1] for path in Path("/usr/share").glob("vim*/plugin/ale.vim")), None)
    if ale is None:
        pytest.skip("ALE is not installed")
    linter = tmp_path / "own" / "ale_linters" / "markdown" / "healthlint.vim"
    linter.parent.mkdir(parents=True)
    shutil.copy(EDITORS / "vim" / "healthlint.vim", linter)
    script = tmp_path / "try.vim"
    script.write_text(
        f"""
        set nocompatible hidden
        set runtimepath^={tmp_path / "own"},{ale}
        filetype plugin on
        let g:ale_linters = {{'markdown': ['healthlint']}}
        runtime plugin/ale.vim
        function! Report(timer) abort
          let l:is_dose = 'get(v:val, "code", "") is# "medication/trailing-zero"'
          let l:found = filter(ale#engine#GetLoclist(bufnr('')), l:is_dose)
          if !empty(l:found)
            let l:each = l:found[0]
            let l:words = getline(l:each.lnum)[l:each.col - 1 : l:each.end_col - 1]
            call writefile([json_encode({{'words': l:words}})], 'report.json')
            qall!
          endif
        endfunction
        edit a.md
        setfiletype markdown
        call timer_start(200, 'Report', {{'repeat': 300}})
        call timer_start(60000, {{-> execute('qall!')}})
    """.replace("\n        ", "\n")
    )

    options = ("-T", "dumb", "--not-a-term", "-N", "-n", "-i", "NONE", "-u", str(script))
    report = run(tmp_path, program("vim"), *options, text="Take 1.0 mg at night.\n")

    assert report == {"words": "1.0 mg"}
