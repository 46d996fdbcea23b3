disks = { a = true, b = false }
