"""Addresses of signing in and out, of one's own account and of colleagues."""

from django.urls import path

from torch_portal.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.me, name="me"),
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("invited/<str:token>/", views.invitation, name="invitation"),
    path("enterprises/<int:enterprise_pk>/", views.colleagues, name="colleagues"),
    path("keys/", views.keys, name="keys"),
    path("keys/<int:key_pk>/end/", views.end_key, name="end-key"),
    path("members/<int:member_pk>/role/", views.change_role, name="change-role"),
    path("members/<int:member_pk>/remove/", views.remove, name="remove"),
    path("requests/<int:join_pk>/let-in/", views.let_in, name="let-in"),
    path("requests/<int:join_pk>/turn-away/", views.turn_away, name="turn-away"),
    path(
        "invitations/<int:invitation_pk>/withdraw/",
        views.withdraw_invitation,
        name="withdraw-invitation",
    ),
]
