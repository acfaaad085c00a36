print("wl")
