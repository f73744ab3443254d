"""The verbs of fieldwork, in the order of a round: freeze, invite, send, fold, close."""
