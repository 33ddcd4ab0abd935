"""Work on what others made (files, documents) in a child process with limits on time and memory."""
