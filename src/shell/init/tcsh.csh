alias xcred 'eval "`\xcred __evaluated tcsh \!*:q`"';
