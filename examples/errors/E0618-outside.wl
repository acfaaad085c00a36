X = load("data/outside.safetensors")
