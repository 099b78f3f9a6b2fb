"""The intent model: which tool a question is for, learnt from utterances, computed without any library but numpy."""
