"""One draft as a page, an editable Word file and a tagged PDF that say the same words."""
