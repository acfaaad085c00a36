for n in 0..10..2 { print n }
