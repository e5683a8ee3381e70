"""What a host says in any live shopping room: the background of every scenario's language model.

Written for this product from the general run of the trade; no recording or test case was looked at.
`{number}` stands for any number of `NUMBERS` in turn.
"""

from __future__ import annotations

PHRASES = """
hi everyone welcome to the live
hello everybody welcome back
good morning good afternoon good evening
thank you for joining us today
thanks for being here with me
let me show you how it works
let me show you this one
let me explain
take a look at this
look at the details here
as you can see on camera
can you see this
come closer and have a look
this is our best seller
this is what you get
you get everything in the box
let me tell you why
let me tell you about the price
the price today is
the price in the live is
it is only for tonight
only in this live room
that is the best i can do
this is already the lowest i can go
i can not go lower than that
i can't go any lower
i can't change the price
i'm not able to give a bigger discount
that is a fair question
that's a good question thank you
good question let me answer that
great question
i hear you
i understand
i understand what you mean
i understand your concern
i see your comment
i am sorry to hear that
sorry about that
let me check that for you
i don't know that right now i will check
i will get back to you
i do not have that number
please send us a message with your order number
our team will help you
you can return it within {number} days
free returns within {number} days
shipping is free
we ship within {number} hours
it ships from our warehouse
delivery takes two or three days
it comes with a warranty
it has a {number} year warranty
there is a certificate and a test report
here is the test report
here is the lab report
you can see the label right here
i use it myself every day
i have been using it for months
it is not a medicine
it does not cure anything
i can not promise that
i won't promise something i can't prove
everyone is different
results are different for everyone
please talk to your doctor first
please be respectful
let's keep it friendly
let's stay on the topic
let's get back to the product
let's move on
anyway back to the product
no problem
no worries
yes
no
yes exactly
yes of course
yeah sure
okay
okay so
all right
right
well
so
um
uh
you know
i mean
what do you think
does that make sense
does that answer your question
what size do you need
what color do you like
how tall are you
tell me in the comments
type one in the chat if you want it
drop a comment below
hit the follow button
click the link below
tap the link to order
add it to your cart
grab yours now
order now
we have {number} left
only {number} left in stock
there are {number} pieces left
if you buy two you get one free
if you take two i will add a gift
you save {number} dollars
it is {number} dollars
it's {number} dollars today
for just {number} dollars
that's {number} dollars off
{number} percent off
it was {number} and now it's {number}
number {number}
one moment please
just a second
hold on
wait a minute
don't worry
trust me on this
to be honest
honestly
first of all
second
the most important thing is
the difference is
the material is
the quality is really good
it feels really soft and light
it is easy to use and easy to clean
it works for all of you
it looks great on everyone
perfect for every day
you will love it
you don't have to buy it
it is your choice
take your time
think about it
if it is not for you that is fine
thank you for your order
thank you so much
see you next time
bye everyone
""".strip().splitlines()

NUMBERS = (*range(1, 101), *range(110, 200, 10), *range(200, 1000, 50), 1000)
"""Prices, counts and percentages as they are said; others are put together from the same words."""
