#!/bin/sh
# A CGI program: tells the environment it was given.
printf "Content-type: text/plain\r\n\r\n"
env
