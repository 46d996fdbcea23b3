# site
encrypted = false # why
