"""How programs are ranked: the questions, the check of answers, and an explained order. Pure."""
