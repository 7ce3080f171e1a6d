# Signing in by the organisation's own server.

openid = With { $name }
openid-act = Go to { $name }
openid-back = { $name } says who you are. This signs this browser in.
openid-no = This did not sign you in
openid-no-more = Either it took too long, or nobody here has the mail address that you have there. Try again, or ask whoever runs this site.
