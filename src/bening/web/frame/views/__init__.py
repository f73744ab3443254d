"""The pages of the lists: boards, handing over, results, the way back and forth, freezing."""
