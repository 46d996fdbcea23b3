package cases.strings

raw := `C:\new\table "quoted" $5 {x}`

lines := `first
second`

test_escapes if {
	"a\tb\n\"\\\/" == concat("", ["a\u0009b", "\u000a", "\u0022", "\u005c", "\u002f"])
	"\u00e4" == "ä"
	"\ud83d\ude00" == "😀"
	count("\u0000") == 1
	"\b\f\r" == "\u0008\u000c\u000d"
}

test_raw_strings_escape_nothing if {
	raw == "C:\\new\\table \"quoted\" $5 {x}"
	`\n` == "\\n"
	count(`\u00e4`) == 6
	`` == ""
}

test_raw_strings_over_lines if {
	lines == "first\nsecond"
	count(split(lines, "\n")) == 2
}

test_comparison_is_by_code_point if {
	"a" < "b"
	"Z" < "a"
	"a" < "aa"
	"" < "a"
	"z" < "ä"
	"10" < "9"
	"ﬀ" < "😀"
}

test_unicode_is_not_normalized if {
	"é" != "e\u0301"
	count("é") == 1
	count("e\u0301") == 2
}

test_counts_code_points_not_bytes if {
	count("größe") == 5
	count("日本語") == 3
	count("👨‍👩‍👧") == 5
}

test_positions_count_code_points if {
	indexof("日本語", "語") == 2
	substring("日本語", 1, 1) == "本"
	split("a語b", "語") == ["a", "b"]
}

test_as_keys if {
	{"ключ": 1, "emoji 👍": 2}["emoji 👍"] == 2
}

test_concatenation_and_formats if {
	concat("/", ["a", "b"]) == "a/b"
	sprintf("%s is %d", ["x", 5]) == "x is 5"
	sprintf("%v", [{"a": [1, "b", null, true]}]) == `{"a": [1, "b", null, true]}`
}

test_comments_do_not_end_strings if {
	# a comment with "quotes" and `ticks`
	"# no comment" != "" # and one behind
	contains("a # b", "#")
}
