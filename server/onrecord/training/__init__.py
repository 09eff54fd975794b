"""Training the tagger from a corpus; needs PyTorch and onnx, which nothing else of Onrecord does."""
