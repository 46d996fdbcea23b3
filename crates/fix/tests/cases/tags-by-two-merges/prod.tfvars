tags = { A = "b" }
more = { A = "b" }
