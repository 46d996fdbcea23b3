//! A seeded generator of Terraform repositories, for measuring how cost grows with size.
//!
//! Enters: a seed, a number of modules and of resources. Leaves: file names and texts, always the same for the same
//! arguments. The mix is that of hand-written AWS code: buckets with companions, queues, topics, tables, databases,
//! log groups, roles with policies, security groups; some of it right, some of it not.

use std::fmt::Write as _;

/// A file of a generated repository: path relative to its root, and text.
pub type File = (String, String);

/// Makes `modules` root modules that hold `resources` resources together.
pub fn repository(seed: u64, modules: usize, resources: usize) -> Vec<File> {
    let mut random = Random(seed.wrapping_mul(2).wrapping_add(1));
    let modules = modules.max(1);
    (0..modules)
        .map(|m| {
            let share = resources / modules + usize::from(m < resources % modules);
            (format!("module-{m:03}/main.tf"), module(&mut random, m, share))
        })
        .collect()
}

/// A linear congruential generator with the constants of Knuth's MMIX: enough to mix, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n.max(1)
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

fn module(random: &mut Random, number: usize, resources: usize) -> String {
    let mut out = format!(
        "variable \"env\" {{\n  type    = string\n  default = \"env{}\"\n}}\n\nlocals {{\n  name = \"app-${{var.env}}-{number}\"\n  tags = {{\n    Environment = var.env\n  }}\n}}\n\nprovider \"aws\" {{\n  region = \"us-east-1\"\n}}\n",
        random.below(4)
    );
    let mut made = 0;
    while made < resources {
        made += resource(random, &mut out, made, resources - made);
    }
    out
}

/// Writes one resource, or two that belong together where there is room; returns how many.
fn resource(random: &mut Random, out: &mut String, n: usize, room: usize) -> usize {
    let tags = if random.chance(50) { "\n  tags = local.tags\n" } else { "" };
    let mut count = 1;
    // Writing to a String can't fail.
    let _ = match random.below(8) {
        0 => {
            let two = room > 1 && random.chance(50);
            count += usize::from(two);
            let companion = format!(
                "\nresource \"aws_s3_bucket_server_side_encryption_configuration\" \"r{n}\" {{\n  bucket = aws_s3_bucket.r{n}.id\n\n  rule {{\n    apply_server_side_encryption_by_default {{\n      sse_algorithm = \"aws:kms\"\n    }}\n  }}\n}}\n"
            );
            write!(
                out,
                "\nresource \"aws_s3_bucket\" \"r{n}\" {{\n  bucket = \"${{local.name}}-{n}\"\n{tags}}}\n{}",
                if two { companion.as_str() } else { "" }
            )
        }
        1 => write!(
            out,
            "\nresource \"aws_sqs_queue\" \"r{n}\" {{\n  name                       = \"${{local.name}}-{n}\"\n  visibility_timeout_seconds = {}\n{tags}}}\n",
            30 + random.below(300)
        ),
        2 => write!(
            out,
            "\nresource \"aws_sns_topic\" \"r{n}\" {{\n  name = \"${{local.name}}-{n}\"\n{tags}}}\n"
        ),
        3 => write!(
            out,
            "\nresource \"aws_dynamodb_table\" \"r{n}\" {{\n  name         = \"${{local.name}}-{n}\"\n  billing_mode = \"PAY_PER_REQUEST\"\n  hash_key     = \"id\"\n\n  attribute {{\n    name = \"id\"\n    type = \"S\"\n  }}\n{tags}}}\n"
        ),
        4 => write!(
            out,
            "\nresource \"aws_db_instance\" \"r{n}\" {{\n  identifier          = \"${{local.name}}-{n}\"\n  engine              = \"postgres\"\n  instance_class      = \"db.t3.medium\"\n  allocated_storage   = {}\n  storage_encrypted   = {}\n  skip_final_snapshot = true\n{tags}}}\n",
            20 + random.below(200),
            random.chance(50)
        ),
        5 => write!(
            out,
            "\nresource \"aws_cloudwatch_log_group\" \"r{n}\" {{\n  name              = \"/app/${{local.name}}/{n}\"\n  retention_in_days = 30\n{tags}}}\n"
        ),
        6 => write!(
            out,
            "\nresource \"aws_iam_policy\" \"r{n}\" {{\n  name = \"${{local.name}}-{n}\"\n\n  policy = jsonencode({{\n    Version = \"2012-10-17\"\n    Statement = [\n      {{\n        Effect   = \"Allow\"\n        Action   = {}\n        Resource = \"*\"\n      }}\n    ]\n  }})\n}}\n",
            if random.chance(50) { "\"*\"" } else { "[\"s3:GetObject\", \"s3:PutObject\"]" }
        ),
        _ => write!(
            out,
            "\nresource \"aws_security_group\" \"r{n}\" {{\n  name        = \"${{local.name}}-{n}\"\n  description = \"group {n}\"\n\n  ingress {{\n    from_port   = {p}\n    to_port     = {p}\n    protocol    = \"tcp\"\n    cidr_blocks = [\"10.{}.0.0/16\"]\n  }}\n{tags}}}\n",
            random.below(250),
            p = 1024 + random.below(9000)
        ),
    };
    count
}

#[cfg(test)]
mod tests {
    use super::repository;

    #[test]
    fn the_same_arguments_give_the_same_files_with_as_many_resources_as_asked() {
        let files = repository(7, 3, 100);
        assert_eq!(files, repository(7, 3, 100));
        assert_ne!(files, repository(8, 3, 100));
        let resources: usize = files.iter().map(|(_, text)| text.matches("\nresource \"").count()).sum();
        assert_eq!((files.len(), resources), (3, 100));
    }
}
