"""How we rank: the questions, the check of a set of answers, and an explained order of the programs. Pure."""
