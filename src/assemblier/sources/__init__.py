"""From official files to checked tables: recognise, read, keep, download.

The only layer that reads what a producer publishes, and the only one that uses the network.
"""
