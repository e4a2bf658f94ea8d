"""The newsroom: where people write stories, which press then prints (Django and Wagtail).

Importing this package loads neither; `hodie.newsroom.starting` sets both up for one folder.
"""
