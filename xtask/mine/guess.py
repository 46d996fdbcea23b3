"""Values that a provider may accept, by type and name."""
import json

POLICY = '{ "Version": "2012-10-17",\n  "Statement": [{"Sid": "SALT", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}] }'
JSON = '{ "z": 1,\n  "a": "<" }'

# Strings to try where the name says nothing, after those that it suggests.
STRINGS = [
    "x-SALT", "xSALT", "arn:aws:iam::123456789012:role/SALT", "10.0.0.0/16", "12345678", "{}", "https://example.com/SALT",
    "2031-01-01T00:00:00Z", "us-east-1", "123456789012", "arn:aws:s3:::SALT", "a@example.com", "example.com", "/SALT",
    "vpc-11111111", "x_SALT", "11111111-2222-3333-4444-555555555555", "rate(5 minutes)", "10.0.0.4", "ENABLED", "X", "1.0", "[]",
    POLICY, "YQ==", "60", "SALT.fifo", "alias/SALT", "s3://SALT/x", "00:00", "sun:05:00-sun:06:00", "*", "::1/128",
    "aws.partner/example.com/SALT", "default", "$LATEST", "name@1.0.0", "com.amazonaws.us-east-1.s3", "arn:aws:lambda:us-east-1:123456789012:function:SALT",
    "vpce-svc-12345678", "x" * 40, "Aa1!" * 8, "1.0.0", "s3:GetObject", "aws:SourceIp", "2031-01-01", "cron(0 0 * * ? *)", "P1D", "arn:aws:sns:us-east-1:123456789012:SALT",
]

# What names suggest: a part of the name, and the strings.
BY_NAME = [
    ("kms_key", ["arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555", "11111111-2222-3333-4444-555555555555"]),
    ("infrastructure_configuration_arn", ["arn:aws:imagebuilder:us-east-1:123456789012:infrastructure-configuration/salt"]),
    ("image_recipe_arn", ["arn:aws:imagebuilder:us-east-1:123456789012:image-recipe/salt/1.0.0"]),
    ("container_recipe_arn", ["arn:aws:imagebuilder:us-east-1:123456789012:container-recipe/salt/1.0.0"]),
    ("policy_arn", ["arn:aws:iam::123456789012:policy/SALT"]),
    ("bucket_arn", ["arn:aws:s3:::SALT"]),
    ("topic_arn", ["arn:aws:sns:us-east-1:123456789012:SALT"]),
    ("queue_arn", ["arn:aws:sqs:us-east-1:123456789012:SALT"]),
    ("function_arn", ["arn:aws:lambda:us-east-1:123456789012:function:SALT"]),
    ("stream_arn", ["arn:aws:kinesis:us-east-1:123456789012:stream/SALT"]),
    ("log_group_arn", ["arn:aws:logs:us-east-1:123456789012:log-group:SALT:*"]),
    ("secret_arn", ["arn:aws:secretsmanager:us-east-1:123456789012:secret:SALT-AbCdEf"]),
    ("certificate_arn", ["arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"]),
    ("load_balancer_arn", ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/SALT/0123456789abcdef"]),
    ("cluster_arn", ["arn:aws:ecs:us-east-1:123456789012:cluster/SALT"]),
    ("arn", ["arn:aws:iam::123456789012:role/SALT", "arn:aws:s3:::SALT"]),
    ("policy", [POLICY, "x-SALT"]),
    ("user_data_base64", ["eC1TQUxU"]),
    ("user_data", ["  #!/bin/sh\necho SALT\n", "eC1TQUxU"]),
    ("container_definitions", ['[ { "name": "SALT", "image": "a" } ]']),
    ("container_properties", ['{ "image": "a",\n "vcpus": 1, "memory": 128, "command": ["a"] }']),
    ("definition", [JSON, '[ { "name": "x", "image": "a" } ]', "x-SALT"]),
    ("document", [POLICY, JSON]),
    ("pattern", ['{ "source": ["b"],\n  "detail": {"a": ["<"]} }', "x-SALT"]),
    ("template", [JSON, "x-SALT"]),
    ("public_key", ["  ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ \n", "x-SALT"]),
    ("ipv6_cidr", ["2001:db8::/56"]),
    ("cidr", ["10.0.0.0/16", "10.0.0.0/24"]),
    ("account", ["123456789012"]),
    ("region", ["us-east-1"]),
    ("availability_zone", ["us-east-1a"]),
    ("vpc_id", ["vpc-11111111"]),
    ("subnet", ["subnet-11111111"]),
    ("security_group", ["sg-11111111"]),
    ("instance_type", ["t3.micro", "ml.t3.medium", "db.t3.micro"]),
    ("instance_class", ["db.t3.micro"]),
    ("email", ["a@example.com"]),
    ("domain", ["example.com", "x-SALT"]),
    ("url", ["https://example.com/SALT"]),
    ("uri", ["https://example.com/SALT", "s3://SALT/x"]),
    ("password", ["Sup3rSecret-Passw0rd"]),
    ("schedule", ["rate(5 minutes)", "cron(0 0 * * ? *)"]),
    ("time", ["2031-01-01T00:00:00Z", "00:00"]),
    ("path", ["/SALT", "x-SALT"]),
    ("json", [JSON, "{}"]),
    ("ip_address", ["10.0.0.4"]),
    ("port", ["80"]),
    ("protocol", ["tcp", "HTTP"]),
    ("engine", ["mysql", "redis"]),
    ("runtime", ["python3.12"]),
    ("language", ["en-US"]),
]

NUMBERS = [1, 10, 30, 60, 300, 1024, 8080, 3600, 5, 0, 100, 86400, 2, 0.5, 20, 40, 1200, 443, 500, 512, 64512]

# Texts by which a rewritten value gives itself away.
TELLING = [
    "MiXed-SALT", "  padded SALT \n", "example.com.", POLICY, JSON, "{}", '[ { "b": 1, "a": 2 } ]', "eC1TQUxU",
    '{ "Statement": { "Effect": "Allow", "Action": ["b:1", "a:1"], "Resource": "*", "Sid": "SALT" }, "Version": "2012-10-17" }',
    '{ "source": ["b"],\n  "detail": {"a": ["<"]} }', "ALL", "6", "TCP", "10.0.0.1/16", "2001:DB8::0/32", "sun:05:00-SUN:06:00", "type: a\nb: SALT\n",
]


def strings(name):
    found = next((s for part, s in BY_NAME if part in name), [])
    return found + [s for s in STRINGS if s not in found]


def count(ty, name):
    kind = ty if isinstance(ty, str) else ty[0]
    if kind == "string":
        return len(strings(name))
    if kind == "number":
        return len(NUMBERS)
    if kind == "bool":
        return 2
    if kind in ("list", "set", "map"):
        return count(ty[1], name)
    return 1


def value(ty, name, guess, salt):
    """The guess; `salt` makes strings differ between blocks."""
    kind = ty if isinstance(ty, str) else ty[0]
    if kind == "string":
        all_ = strings(name)
        return (all_[guess] if guess < len(all_) else "x-SALT").replace("SALT", salt)
    if kind == "dynamic":
        return [b'"string"', "x-" + salt]
    if kind == "number":
        return NUMBERS[guess] if guess < len(NUMBERS) else 1
    if kind == "bool":
        return guess == 0
    if kind in ("list", "set"):
        return [value(ty[1], name, guess, salt)]
    if kind == "map":
        return {"k": value(ty[1], name, guess, salt)}
    if kind == "tuple":
        return [value(t, name, guess, salt) for t in ty[1]]
    return {n: value(t, n, 0, salt) for n, t in ty[1].items()}


def told(ty, word):
    """A word of a message as a value of the type."""
    kind = ty if isinstance(ty, str) else ty[0]
    if kind in ("list", "set"):
        return [told(ty[1], word)]
    if kind == "map":
        return {"k": told(ty[1], word)}
    if kind == "number":
        try:
            return json.loads(word)
        except ValueError:
            return 1
    if kind == "bool":
        return word == "true"
    return word
