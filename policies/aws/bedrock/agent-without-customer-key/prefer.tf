resource "aws_bedrockagent_agent" "main" {
  agent_name                  = "help"
  agent_resource_role_arn     = "arn:aws:iam::111122223333:role/help"
  foundation_model            = "anthropic.claude-v2"
  customer_encryption_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
