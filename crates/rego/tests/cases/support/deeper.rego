package cases.support.people.deeper

depth := 2

from_above := data.cases.support.people.default_role
