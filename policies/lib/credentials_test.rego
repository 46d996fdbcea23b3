package trueline.lib.credentials_test

import rego.v1

import data.trueline.lib.credentials

test_what_is_held if {
	every text, what in {
		"export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE": "an access key of AWS",
		"AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY": "a secret key of AWS",
		"-----BEGIN RSA PRIVATE KEY-----\nMIIE": "a private key",
		"-----BEGIN PRIVATE KEY-----\nMIIE": "a private key",
	} {
		credentials.held(text) == what
	}
}

test_what_is_none if {
	every text in [
		"",
		"#!/bin/sh\nyum -y update",
		"sha1 a3b4c5d6e7f8a9b0c1d2e3f4a5b6c7d8e9f0a1b2",
		"/opt/Application1/current/releases/1/bin",
		"arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf",
		"AKIA is how access keys begin",
	] {
		not credentials.held(text)
	}
}

test_names_of_secrets if {
	every name in ["DB_PASSWORD", "password", "API_TOKEN", "STRIPE_API_KEY", "AWS_ACCESS_KEY_ID", "CLIENT_SECRET"] {
		credentials.names_secret(name)
	}
	every name in ["DB_SECRET_ARN", "TOKEN_TABLE", "KEYBOARD", "PASSWORD_MIN_LENGTH", "MONKEY"] {
		not credentials.names_secret(name)
	}
}
