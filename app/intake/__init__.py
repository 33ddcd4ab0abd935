"""1. An agency asks, and intake makes sure that the request can be worked on."""
