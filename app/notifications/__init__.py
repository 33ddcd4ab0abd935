"""Mail is a row in the transaction that causes it, and is sent only after that is committed."""
