seed(-1)
