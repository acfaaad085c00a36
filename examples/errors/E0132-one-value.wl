v = [1, 2, 3]
plot v title "a", "b"
