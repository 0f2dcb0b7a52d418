"""What is asked over HTTP: questions of several registers put together, with names unsealed for who may read them."""
