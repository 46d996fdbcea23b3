//! Values that a provider may accept, by type and name.

use trueline_model::Type;

/// Strings to try where the name says nothing, after those that it suggests.
const STRINGS: &[&str] = &[
    "x-SALT",
    "xSALT",
    "arn:aws:iam::123456789012:role/SALT",
    "10.0.0.0/16",
    "12345678",
    "{}",
    "https://example.com/SALT",
    "2031-01-01T00:00:00Z",
    "us-east-1",
    "123456789012",
    "arn:aws:s3:::SALT",
    "a@example.com",
    "example.com",
    "/SALT",
    "vpc-11111111",
    "x_SALT",
    "11111111-2222-3333-4444-555555555555",
    "rate(5 minutes)",
    "10.0.0.4",
    "ENABLED",
    "X",
    "1.0",
    "[]",
    "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
    "YQ==",
    "60",
    "SALT.fifo",
    "alias/SALT",
    "s3://SALT/x",
    "00:00",
    "sun:05:00-sun:06:00",
    "*",
    "::1/128",
    "aws.partner/example.com/SALT",
];

/// A policy that is not in the form in which a provider would write it.
const POLICY: &str = "{ \"Version\": \"2012-10-17\",\n  \"Statement\": [{\"Sid\": \"SALT\", \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}] }";

/// Parts of names of arguments that hold documents or texts.
const TEXTS: &[&str] = &[
    "policy",
    "json",
    "document",
    "definition",
    "user_data",
    "template",
    "pattern",
    "public_key",
    "body",
    "config",
];

/// True if an argument of this name may hold a document or a long text.
pub fn is_text(name: &str) -> bool {
    TEXTS.iter().any(|t| name.contains(t))
        && !["_arn", "_id", "_name", "_type", "_version"].iter().any(|e| name.ends_with(e))
}

/// What names suggest: a part of the name, and the strings.
const BY_NAME: &[(&str, &[&str])] = &[
    ("kms_key_arn", &["arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"]),
    ("kms_key", &["arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"]),
    ("policy_arn", &["arn:aws:iam::123456789012:policy/SALT"]),
    ("bucket_arn", &["arn:aws:s3:::SALT"]),
    ("topic_arn", &["arn:aws:sns:us-east-1:123456789012:SALT"]),
    ("queue_arn", &["arn:aws:sqs:us-east-1:123456789012:SALT"]),
    ("function_arn", &["arn:aws:lambda:us-east-1:123456789012:function:SALT"]),
    ("stream_arn", &["arn:aws:kinesis:us-east-1:123456789012:stream/SALT"]),
    ("log_group_arn", &["arn:aws:logs:us-east-1:123456789012:log-group:SALT:*"]),
    ("secret_arn", &["arn:aws:secretsmanager:us-east-1:123456789012:secret:SALT-AbCdEf"]),
    (
        "certificate_arn",
        &["arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"],
    ),
    (
        "load_balancer_arn",
        &["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/SALT/0123456789abcdef"],
    ),
    ("cluster_arn", &["arn:aws:ecs:us-east-1:123456789012:cluster/SALT"]),
    ("arn", &["arn:aws:iam::123456789012:role/SALT", "arn:aws:s3:::SALT"]),
    ("policy", &[POLICY, "x-SALT"]),
    ("user_data", &["  #!/bin/sh\necho SALT\n", "eC1TQUxU"]),
    ("definition", &["{ \"z\": 1,\n  \"a\": \"<\" }", "[ { \"name\": \"x\", \"image\": \"a\" } ]", "x-SALT"]),
    ("document", &[POLICY, "{ \"z\": 1,\n  \"a\": \"<\" }"]),
    ("pattern", &["{ \"source\": [\"b\"],\n  \"detail\": {\"a\": [\"<\"]} }", "x-SALT"]),
    ("template", &["{ \"z\": 1,\n  \"a\": \"<\" }", "x-SALT"]),
    ("public_key", &["  ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ \n", "x-SALT"]),
    ("cidr", &["10.0.0.0/16", "10.0.0.0/24"]),
    ("account", &["123456789012"]),
    ("region", &["us-east-1"]),
    ("availability_zone", &["us-east-1a"]),
    ("vpc_id", &["vpc-11111111"]),
    ("subnet", &["subnet-11111111"]),
    ("security_group", &["sg-11111111"]),
    ("instance_type", &["t3.micro", "ml.t3.medium", "db.t3.micro"]),
    ("instance_class", &["db.t3.micro"]),
    ("email", &["a@example.com"]),
    ("domain", &["example.com", "x-SALT"]),
    ("url", &["https://example.com/SALT"]),
    ("uri", &["https://example.com/SALT", "s3://SALT/x"]),
    ("password", &["Sup3rSecret-Passw0rd"]),
    ("schedule", &["rate(5 minutes)", "cron(0 0 * * ? *)"]),
    ("time", &["2031-01-01T00:00:00Z", "00:00"]),
    ("path", &["/SALT", "x-SALT"]),
    ("json", &["{ \"z\": 1,\n  \"a\": \"<\" }", "{}"]),
    ("ip_address", &["10.0.0.4"]),
    ("port", &["80"]),
    ("protocol", &["tcp", "HTTP"]),
    ("engine", &["mysql", "redis"]),
    ("runtime", &["python3.12"]),
    ("language", &["en-US"]),
];

/// How many guesses there are for an argument.
pub fn count(ty: &Type, name: &str) -> usize {
    match ty {
        Type::String => strings(name).len(),
        Type::Number => NUMBERS.len(),
        Type::Bool => 2,
        Type::List(t) | Type::Set(t) | Type::Map(t) => count(t, name),
        _ => 1,
    }
}

const NUMBERS: &[&str] =
    &["1", "10", "30", "60", "300", "1024", "8080", "3600", "5", "0", "100", "86400", "2", "0.5"];

/// The guess as HCL; `salt` makes strings differ between instances.
pub fn value(ty: &Type, name: &str, guess: usize, salt: &str) -> String {
    match ty {
        Type::String | Type::Any => {
            let text = strings(name).get(guess).copied().unwrap_or("x-SALT").replace("SALT", salt);
            serde_json::Value::from(text).to_string()
        }
        Type::Number => NUMBERS.get(guess).copied().unwrap_or("1").to_owned(),
        Type::Bool => (if guess == 0 { "true" } else { "false" }).to_owned(),
        Type::List(t) | Type::Set(t) => format!("[{}]", value(t, name, guess, salt)),
        Type::Map(t) => format!("{{ k = {} }}", value(t, name, guess, salt)),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|t| value(t, name, guess, salt)).collect();
            format!("[{}]", items.join(", "))
        }
        Type::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(n, m)| format!("{n} = {}", value(&m.ty, n, guess, salt))).collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

fn strings(name: &str) -> Vec<&'static str> {
    let suggested = BY_NAME.iter().find(|(part, _)| name.contains(part)).map_or(&[] as &[_], |(_, s)| s);
    let mut out = suggested.to_vec();
    out.extend(STRINGS.iter().filter(|s| !suggested.contains(s)));
    out
}
