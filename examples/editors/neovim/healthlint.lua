-- Neovim 0.7 or later: save as ~/.config/nvim/plugin/healthlint.lua.
-- Findings appear as you write; K shows why, :lua vim.lsp.buf.code_action() offers what to do.
local filetypes = { "markdown", "html", "text" }

local function start(args)
  local folder = vim.fs and vim.fs.dirname(args.file) or vim.fn.fnamemodify(args.file, ":p:h")
  local config = {
    name = "healthlint",
    cmd = { "healthlint", "server" },
    root_dir = folder,
    init_options = {}, -- for example: { profile = "patient-leaflet" }
  }
  if vim.lsp.start then
    vim.lsp.start(config)
  else -- Neovim 0.7
    local client = vim.g.healthlint_client
    if not client or not vim.lsp.get_client_by_id(client) then
      client = vim.lsp.start_client(config)
      vim.g.healthlint_client = client
    end
    vim.lsp.buf_attach_client(args.buf, client)
  end
end

vim.api.nvim_create_autocmd("FileType", { pattern = filetypes, callback = start })
