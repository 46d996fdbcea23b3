resource "aws_bedrockagent_agent" "main" {
  agent_name              = "help"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/help"
  foundation_model        = "anthropic.claude-v2"
}
