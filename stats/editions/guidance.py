"""Dated choices of the guidance: how long an answer may take, how long texts may be."""

# Working days to answer a question of a respondent. No official text gives one: a choice of this
# portal, which the Torch Center or a jurisdiction replaces by a time target of its own.
ANSWER_DAYS = 3
ANSWER_SOURCE = "本平台约定，未见官方时限，待确认"

# What guidance rests on: the notice asks for training and guidance of the survey on line, and
# the statistics law obliges the respondent to true, accurate, complete and timely figures.
CLAUSE = "国科火字〔2020〕38号 第七条"
DUTY = "《中华人民共和国统计法》第七条"

LONGEST_TITLE = 120
LONGEST_TEXT = 2_000
SHORTEST_QUESTION = 10
QUESTIONS_A_DAY = 20
MOST_OPTIONS = 8
MOST_QUIZ_QUESTIONS = 50
