package cases.mixed

computed := [x | some x in data.cases.mixed.base.numbers]

base_sum := sum(data.cases.mixed.base.numbers)
