variable "key" { type = string }

resource "aws_bedrockagent_agent" "nothing" { # fail: the agent is encrypted with a key that A
  agent_name              = "help"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/help"
  foundation_model        = "anthropic.claude-v2"
}

resource "aws_bedrockagent_agent" "good1" { # pass
  agent_name                  = "help"
  agent_resource_role_arn     = "arn:aws:iam::111122223333:role/help"
  foundation_model            = "anthropic.claude-v2"
  customer_encryption_key_arn = aws_kms_key.own.arn
}

resource "aws_bedrockagent_agent" "good2" { # pass
  agent_name                  = "help"
  agent_resource_role_arn     = "arn:aws:iam::111122223333:role/help"
  foundation_model            = "anthropic.claude-v2"
  customer_encryption_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_bedrockagent_agent" "open" { # unknown
  agent_name                  = "help"
  agent_resource_role_arn     = "arn:aws:iam::111122223333:role/help"
  foundation_model            = "anthropic.claude-v2"
  customer_encryption_key_arn = var.key
}

resource "aws_kms_key" "own" {
}
