"""Addresses of courseware and guidance, under those of the line."""

from django.urls import path

from stats.views.guidance import courses, public, questions

guidance_urls = [
    path("courses/", courses.courses, name="courses"),
    path("courses/<int:pk>/", courses.material, name="material"),
    path("courses/<int:pk>/read/", courses.confirm, name="material_read"),
    path("courses/<int:pk>/files/<int:file_pk>/", courses.material_file, name="material_file"),
    path("courses/quiz/<int:pk>/", courses.quiz, name="quiz"),
    path("faq/", public.faq, name="faq"),
    path("help/<slug:code>/", public.item_help, name="help"),
    path("questions/", questions.questions, name="questions"),
    path("questions/ask/", questions.ask, name="ask"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/settle/", questions.settle, name="question_settle"),
]
