s = ()
for n in 1..20000 { s = append(s, n) }
