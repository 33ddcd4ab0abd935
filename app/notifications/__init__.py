"""TELLING PEOPLE: mail is a row in the transaction that causes it, and leaves only after that is committed."""
