#!/bin/sh
echo boot "$HOSTNAME"
