kind = "y"
