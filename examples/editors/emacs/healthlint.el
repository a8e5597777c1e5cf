;;; healthlint.el --- findings in Emacs, through Eglot -*- lexical-binding: t -*-
;; Emacs 29 has Eglot built in; for Emacs 26 to 28 install it from GNU ELPA.
;; Load this file, open a page, type M-x eglot. C-h . shows a finding, M-x eglot-code-actions what to do about it.
(require 'eglot)
(add-to-list 'eglot-server-programs
             '((markdown-mode html-mode mhtml-mode text-mode) . ("healthlint" "server")))
;; To choose a profile: ("healthlint" "server" :initializationOptions (:profile "patient-leaflet"))
(provide 'healthlint)
;;; healthlint.el ends here
