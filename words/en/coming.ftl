# Coming to a support group as one is, and what who leads it sees of that.

coming = I’m coming
coming-what = Nobody asks who you are. Come once, or come to every meeting. If something comes up, one tap takes it back.
coming-said-already = Have you said so before? Here is your page of this group.
coming-handle = What shall we call you?
coming-handle-hint = Any name you like; it need not be your real one. Whoever leads the group sees it, and nobody else here.
coming-handle-missing = Write a name to be called by; it need not be your real one.
coming-handle-taken = Someone in this group goes by that name already. Add a letter or a word, or choose another.
coming-when = When?
coming-when-missing = Choose one of the next meetings, or all of them.
coming-regularly = To every meeting from now on
coming-listen = I would like to just listen
coming-rules-agree = I have read this, and I keep to it
coming-rules-first = Please read the ground rules and tick the box below them. Everyone who comes says yes to them once.
coming-kept = We keep this name, when you come, and that you said yes. Nothing else: no mail address, no real name. If you stop coming, it is forgotten by itself.
coming-act = I’m coming
coming-before = Have you been here before?
coming-done = Good. You are expected.
coming-code-lead = This number brings you back here, to see how you get in, or to say that you cannot come:
coming-code-once = Write it down or take a picture of it now.
coming-code-once-more = It is shown this one time. Whoever has it can sign in as you, so keep it to yourself. Without it you can still come; you just say so anew, under another name.
coming-go-on = I have it
coming-meeting = { $day }, { $range }, { $zone }

coming-mine = You are expected here
coming-as = You go by { $name } in this group.
coming-groups = Groups you come to
coming-none = You have not said that you are coming next time.
coming-yes = You are coming
coming-not = I can’t come after all
coming-regularly-act = I’m coming to every meeting
coming-regularly-until = You come to every meeting until { $day }. Then we ask you anew.
coming-regularly-not = Not to every meeting any more
coming-no-meetings = No meeting is planned at the moment.
coming-part-talk = You may want to say something when you come.
coming-part-listen = You would like to just listen.
coming-part-told = Whoever leads the group sees that, and asks you nothing.
coming-part-to-talk = I may want to talk
coming-part-to-listen = I would like to just listen
coming-rules-changed = The ground rules have changed.
coming-rules-changed-more = Please read them. What you said before still counts; for more, say yes to them once.
coming-rules-yes = Yes, I keep to them
coming-door = How you get in
coming-enter = Go in
coming-enter-more = This link is yours for this meeting. It closes when the meeting ends.
coming-link-from = The link to go in is here from { $when }.
coming-address-from = Where it is stands here from { $when }.
coming-forget = Have this group forget me
coming-forget-more = Your name here and everything you said about coming are deleted at once. You can come again later, as someone new.
coming-forget-act = Forget me here

coming-not-done = That was not done
coming-not-done-more = Look at the next meetings and choose again.
coming-back = Back to the group
coming-therapy = One asks to join a therapy group.
coming-not-ours = This group belongs to another organization, which says how one comes.
coming-takes-nobody = This group takes nobody new now.
coming-ended = This group has ended.
coming-no-meeting = The group does not meet then.

expected = Who is coming
expected-lead = By the names people chose for this group, and nothing else. Nobody has to say that they come; more may walk in.
expected-none-more = As soon as the group has a next meeting, it stands here.
expected-coming = { $many ->
    [0] Nobody has said so yet
    [one] 1 is coming
   *[other] { $many } are coming
 }
expected-new = { $many } for the first time
expected-listening = { $many } just listening
expected-names = By name
expected-first-time = First time
expected-listens = Just listens

entrance = How people get in
entrance-lead = Shown only to those who say that they are coming: the address from 24 hours before, the link from 30 minutes before, both until the meeting ends. Set another link for each meeting, and one that was passed on is dead afterwards. Whoever goes in can see the real link in their browser.
entrance-of-all = For every meeting
entrance-set = set
entrance-address = Address, and what to know at the door
entrance-link = Join link
entrance-act = Keep
entrance-same = The link behind it is the same as last time.
entrance-same-more = Whoever kept it can come in; set a new one for this meeting.
entrance-same-act = Set a new link
entrance-rules-lead = Everyone says yes to these once, and again when you change them. They are public.
