"""The guided form: fields, pages, drafts. What a line's form is made of; no line is known here."""
