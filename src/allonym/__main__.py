"""`python -m allonym`."""

from allonym.cli import main

if __name__ == "__main__":
    main()
