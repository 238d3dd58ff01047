"""Review: suggested tags accepted, rejected and completed on a local page.

`server` runs the Flask application of `app`, whose requests `security` checks. `handlers` answer
them: `forms` reads an action, the `session` does it on the files of the `store` and keeps the
`history`, and `pages` shows an `essay_view`.
"""
