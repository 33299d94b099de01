"""Dispatch: the office hands over to the bodies responsible; hubs dispatch onward; bodies sign for it or return it."""
