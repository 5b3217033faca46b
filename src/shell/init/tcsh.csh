alias xcred '""eval `\xcred __evaluated tcsh \!*` || \xcred __ended $status \!*';
