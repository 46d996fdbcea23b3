resource "aws_workspaces_workspace" "jo" {
  directory_id = "d-0aaa11112"
  bundle_id    = "wsb-0aaa11112"
  user_name    = "jo"
}
