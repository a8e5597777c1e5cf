"use strict";

// Starts `healthlint server` and leaves the rest to the client of the language server protocol.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const LANGUAGES = ["markdown", "html", "plaintext"];
const SETTINGS = ["profile", "locale", "preview", "ignore"];

let client;

function activate() {
  const settings = workspace.getConfiguration("healthlint");
  const [command, ...args] = settings.get("command");
  client = new LanguageClient(
    "healthlint",
    { command, args },
    {
      documentSelector: LANGUAGES.flatMap((language) => [
        { language, scheme: "file" },
        { language, scheme: "untitled" },
      ]),
      initializationOptions: Object.fromEntries(SETTINGS.map((name) => [name, settings.get(name)])),
      synchronize: { configurationSection: "healthlint" },
    },
  );
  return client.start();
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
