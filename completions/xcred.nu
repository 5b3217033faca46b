module completions {

  def "nu-complete xcred color" [] {
    [ "auto" "always" "never" ]
  }

  # AWS profiles and credentials: write them safely, see which ones win, and why
  export extern xcred [
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete xcred configure color" [] {
    [ "auto" "always" "never" ]
  }

  # Set up a profile interactively
  export extern "xcred configure" [
    --access-key-id: string   # Access key ID
    --secrets-from-stdin      # Read the secret access key from the first line of standard input, a session token from the second
    --output: string          # Output format of AWS CLI: json, yaml, yaml-stream, text, table or off
    --no-input                # Never prompt; fail if a required value is missing
    --dry-run(-n)             # Show what would change, without changing anything
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred configure color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred configure role credential_source" [] {
    [ "Environment" "EcsContainer" "Ec2InstanceMetadata" ]
  }

  def "nu-complete xcred configure role color" [] {
    [ "auto" "always" "never" ]
  }

  # Make the profile assume a role
  export extern "xcred configure role" [
    --role-arn: string        # The role, as arn:aws:iam::ACCOUNT:role/NAME
    --source-profile: string  # Profile whose credentials may assume the role
    --credential-source: string@"nu-complete xcred configure role credential_source" # Source of this machine's credentials that may assume the role
    --external-id: string     # External ID that the role's trust policy requires
    --mfa-serial: string      # Serial number or ARN of the MFA device
    --role-session-name: string # Session name, as it appears in logs
    --duration-seconds: string # How long the credentials last, from 900 to 43200 seconds
    --no-input                # Never prompt; fail if a required value is missing
    --dry-run(-n)             # Show what would change, without changing anything
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred configure role color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred configure web-identity color" [] {
    [ "auto" "always" "never" ]
  }

  # Make the profile assume a role with a web identity token
  export extern "xcred configure web-identity" [
    --role-arn: string        # The role, as arn:aws:iam::ACCOUNT:role/NAME
    --web-identity-token-file: string # Absolute path of the token file
    --role-session-name: string # Session name, as it appears in logs
    --no-input                # Never prompt; fail if a required value is missing
    --dry-run(-n)             # Show what would change, without changing anything
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred configure web-identity color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred configure process color" [] {
    [ "auto" "always" "never" ]
  }

  # Get credentials from an external program
  export extern "xcred configure process" [
    --credential-process: string # Command that prints the credentials; boto3 runs it without a shell
    --no-input                # Never prompt; fail if a required value is missing
    --dry-run(-n)             # Show what would change, without changing anything
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred configure process color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred configure bridge color" [] {
    [ "auto" "always" "never" ]
  }

  # Make a profile that gets another profile's credentials through xcred, for tools that can't use that profile themselves
  export extern "xcred configure bridge" [
    --replace                 # Replace how NAME gets its credentials now
    --no-input                # Never prompt; fail if a required value is missing
    --dry-run(-n)             # Show what would change, without changing anything
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred configure bridge color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    name?: string             # Name of the bridge, a profile of its own
  ]

  def "nu-complete xcred configure sso color" [] {
    [ "auto" "always" "never" ]
  }

  # Sign in to IAM Identity Center, and choose an account and a role for the profile
  export extern "xcred configure sso" [
    --sso-session: string     # Session to use, or to set up
    --sso-start-url: string   # Address of the access portal, for a new session
    --sso-region: string      # Region of IAM Identity Center, for a new session
    --sso-registration-scopes: string # Comma-separated OAuth scopes of a new session [default: sso:account:access]
    --sso-account-id: string  # Account of the profile
    --sso-role-name: string   # Role of the profile
    --output: string          # Output format of AWS CLI: json, yaml, yaml-stream, text, table or off
    --use-device-code         # Sign in with a code, in any browser
    --no-browser              # Open no browser, and only show the address
    --remote                  # The browser is on another machine
    --no-input                # Never prompt; fail if a required value is missing
    --dry-run(-n)             # Show what would change, without changing anything
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred configure sso color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred configure sso-session color" [] {
    [ "auto" "always" "never" ]
  }

  # Set up an IAM Identity Center session that profiles can share
  export extern "xcred configure sso-session" [
    --name: string            # Name of the session
    --sso-start-url: string   # Address of the access portal
    --sso-region: string      # Region of IAM Identity Center
    --sso-registration-scopes: string # Comma-separated OAuth scopes [default: sso:account:access]
    --no-input                # Never prompt; fail if a required value is missing
    --dry-run(-n)             # Show what would change, without changing anything
    --color: string@"nu-complete xcred configure sso-session color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred configure import color" [] {
    [ "auto" "always" "never" ]
  }

  # Import access keys from a CSV file downloaded from the AWS console
  export extern "xcred configure import" [
    --csv: string             # Alias of FILE, as in AWS CLI
    --profile-prefix: string  # Prefix of the profile names
    --skip-invalid            # Skip invalid rows
    --overwrite               # Replace access keys that profiles already have
    --no-input                # Never prompt; fail if a required value is missing
    --dry-run(-n)             # Show what would change, without changing anything
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred configure import color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    file?: string             # CSV file, the text of the AWS access portal, or JSON with an access key: PATH, file://PATH, the text itself, or `-` for standard input
  ]

  def "nu-complete xcred list-profiles sdk" [] {
    [ "boto3" "aws-cli" "rust" "js" "go" "java" "ruby" ]
  }

  def "nu-complete xcred list-profiles format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred list-profiles color" [] {
    [ "auto" "always" "never" ]
  }

  # List profiles
  export extern "xcred list-profiles" [
    --long(-l)                # Show each profile's credential source, account, role, region, and where it is defined
    --sdk: string@"nu-complete xcred list-profiles sdk" # Tool whose profiles to list, as it reads the files [default: aws-cli, or the setting `sdk`]
    --format: string@"nu-complete xcred list-profiles format" # Output format
    --color: string@"nu-complete xcred list-profiles color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred get format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred get sdk" [] {
    [ "boto3" "aws-cli" "rust" "js" "go" "java" "ruby" ]
  }

  def "nu-complete xcred get color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the effective value of a setting
  export extern "xcred get" [
    --all                     # Print all settings that have a value; secrets are masked
    --stored                  # Read the files only, not options and environment variables
    --show-origin             # Show where the value comes from
    --default: string         # Print this if the key isn't set
    --reveal                  # Show secrets in listings and JSON
    --format: string@"nu-complete xcred get format" # Output format
    --sdk: string@"nu-complete xcred get sdk" # Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]
    --sso-session: string     # Use this sso-session section instead of a profile
    --services: string        # Use this services section instead of a profile
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred get color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    key?: string              # Setting to print
  ]

  def "nu-complete xcred resolve format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred resolve sdk" [] {
    [ "boto3" "aws-cli" "rust" "js" "go" "java" "ruby" "all" ]
  }

  def "nu-complete xcred resolve color" [] {
    [ "auto" "always" "never" ]
  }

  # Show which credentials and settings a profile resolves to, and why
  export extern "xcred resolve" [
    --offline                 # Run no program and send no request; show what would be asked
    --reveal                  # Show secrets
    --format: string@"nu-complete xcred resolve format" # Output format
    --no-cache                # Bypass the cache of role credentials
    --sdk: string@"nu-complete xcred resolve sdk" # Tool whose precedence rules to follow, or all to see where they differ [default: aws-cli, or the setting `sdk`]
    --access-key-id: string   # Use this access key ID; the secret access key is read from standard input, and a session token from the next line
    --secret-fd: string       # Read the secret access key and the session token from this file descriptor instead, and close it
    --account-id: string      # Account ID of the access key
    --role-arn: string        # Assume this role with the credentials; the other options apply to it [default: the profile's own role]
    --policy-arn: string      # Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it
    --policy: string          # Allow only what this policy document allows too: JSON, or a file with it
    --read-only               # Allow only what AWS's policy ReadOnlyAccess allows too
    --duration: string        # How long the credentials last: 15m, 1h or seconds
    --session-name: string    # Name of the session in CloudTrail
    --source-identity: string # Source identity, which stays in CloudTrail through further roles
    --tag: string             # Session tag; may be repeated
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred resolve color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    named?: string            # Profile, as with `--profile`
  ]

  def "nu-complete xcred status sdk" [] {
    [ "boto3" "aws-cli" "rust" "js" "go" "java" "ruby" ]
  }

  def "nu-complete xcred status format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred status color" [] {
    [ "auto" "always" "never" ]
  }

  # Show the active profile, its identity, and what expires when
  export extern "xcred status" [
    --all                     # List all sign-ins
    --prompt                  # Print one short line, for a prompt
    --sdk: string@"nu-complete xcred status sdk" # Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]
    --format: string@"nu-complete xcred status format" # Output format
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred status color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    named?: string            # Profile, as with `--profile`
  ]

  def "nu-complete xcred doctor sdk" [] {
    [ "boto3" "aws-cli" "rust" "js" "go" "java" "ruby" ]
  }

  def "nu-complete xcred doctor format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred doctor color" [] {
    [ "auto" "always" "never" ]
  }

  # Find what is wrong with the files and the environment, and fix it
  export extern "xcred doctor" [
    --fix                     # Make the repairs that need no decision
    --online                  # Also ask AWS: whether the services respond, the clock is right and the keys are accepted
    --dry-run(-n)             # With `--fix`: show what would change, without changing anything
    --sdk: string@"nu-complete xcred doctor sdk" # Judge values by the rules of these tools; of the lines that tools read differently, show only those on which these differ, or that are wrong for one of them
    --format: string@"nu-complete xcred doctor format" # Output format
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred doctor color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    ...profiles: string       # Profiles to look at, with those that they get credentials from [default: all]
  ]

  def "nu-complete xcred whoami format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred whoami sdk" [] {
    [ "boto3" "aws-cli" "rust" "js" "go" "java" "ruby" ]
  }

  def "nu-complete xcred whoami color" [] {
    [ "auto" "always" "never" ]
  }

  # Show the AWS identity of a profile
  export extern "xcred whoami" [
    --format: string@"nu-complete xcred whoami format" # Output format
    --no-cache                # Bypass the cache of role credentials
    --sdk: string@"nu-complete xcred whoami sdk" # Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --access-key-id: string   # Use this access key ID; the secret access key is read from standard input, and a session token from the next line
    --secret-fd: string       # Read the secret access key and the session token from this file descriptor instead, and close it
    --account-id: string      # Account ID of the access key
    --role-arn: string        # Assume this role with the credentials; the other options apply to it [default: the profile's own role]
    --policy-arn: string      # Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it
    --policy: string          # Allow only what this policy document allows too: JSON, or a file with it
    --read-only               # Allow only what AWS's policy ReadOnlyAccess allows too
    --duration: string        # How long the credentials last: 15m, 1h or seconds
    --session-name: string    # Name of the session in CloudTrail
    --source-identity: string # Source identity, which stays in CloudTrail through further roles
    --tag: string             # Session tag; may be repeated
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred whoami color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    named?: string            # Profile, as with `--profile`
  ]

  def "nu-complete xcred use sdk" [] {
    [ "boto3" "aws-cli" "rust" "js" "go" "java" "ruby" ]
  }

  def "nu-complete xcred use color" [] {
    [ "auto" "always" "never" ]
  }

  # Switch this shell to a profile
  export extern "xcred use" [
    --none                    # Unset all AWS credential variables
    --quiet(-q)               # Don't print what the shell has switched to
    --no-cache                # Bypass the cache of role credentials
    --sdk: string@"nu-complete xcred use sdk" # Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --access-key-id: string   # Use this access key ID; the secret access key is read from standard input, and a session token from the next line
    --secret-fd: string       # Read the secret access key and the session token from this file descriptor instead, and close it
    --account-id: string      # Account ID of the access key
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred use color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    named?: string            # Profile to switch to, or `-` for the previous one [default: choose from a list]
  ]

  def "nu-complete xcred export-env format" [] {
    [ "posix" "fish" "powershell" "cmd" "nushell" "elvish" "tcsh" "xonsh" "dotenv" "json" ]
  }

  def "nu-complete xcred export-env sdk" [] {
    [ "boto3" "aws-cli" "rust" "js" "go" "java" "ruby" ]
  }

  def "nu-complete xcred export-env color" [] {
    [ "auto" "always" "never" ]
  }

  # Print shell code that loads a profile's credentials into the current shell
  export extern "xcred export-env" [
    --format: string@"nu-complete xcred export-env format" # Shell to write for [default: the calling shell]
    --shell: string@"nu-complete xcred export-env format" # Shell to write for [default: the calling shell]
    --unset                   # Unset all AWS credential variables
    --no-cache                # Bypass the cache of role credentials
    --sdk: string@"nu-complete xcred export-env sdk" # Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --access-key-id: string   # Use this access key ID; the secret access key is read from standard input, and a session token from the next line
    --secret-fd: string       # Read the secret access key and the session token from this file descriptor instead, and close it
    --account-id: string      # Account ID of the access key
    --role-arn: string        # Assume this role with the credentials; the other options apply to it [default: the profile's own role]
    --policy-arn: string      # Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it
    --policy: string          # Allow only what this policy document allows too: JSON, or a file with it
    --read-only               # Allow only what AWS's policy ReadOnlyAccess allows too
    --duration: string        # How long the credentials last: 15m, 1h or seconds
    --session-name: string    # Name of the session in CloudTrail
    --source-identity: string # Source identity, which stays in CloudTrail through further roles
    --tag: string             # Session tag; may be repeated
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred export-env color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    named?: string            # Profile, as with `--profile`
  ]

  def "nu-complete xcred exec sdk" [] {
    [ "boto3" "aws-cli" "rust" "js" "go" "java" "ruby" ]
  }

  def "nu-complete xcred exec color" [] {
    [ "auto" "always" "never" ]
  }

  # Run a command with a profile's credentials
  export extern "xcred exec" [
    --serve                   # Keep the credentials out of the environment: the command gets them from a local address, renewed before they expire
    --quiet(-q)               # Don't say which identity the command gets
    --no-cache                # Bypass the cache of role credentials
    --sdk: string@"nu-complete xcred exec sdk" # Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --access-key-id: string   # Use this access key ID; the secret access key is read from standard input, and a session token from the next line
    --secret-fd: string       # Read the secret access key and the session token from this file descriptor instead, and close it
    --account-id: string      # Account ID of the access key
    --role-arn: string        # Assume this role with the credentials; the other options apply to it [default: the profile's own role]
    --policy-arn: string      # Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it
    --policy: string          # Allow only what this policy document allows too: JSON, or a file with it
    --read-only               # Allow only what AWS's policy ReadOnlyAccess allows too
    --duration: string        # How long the credentials last: 15m, 1h or seconds
    --session-name: string    # Name of the session in CloudTrail
    --source-identity: string # Source identity, which stays in CloudTrail through further roles
    --tag: string             # Session tag; may be repeated
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred exec color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    ...command: string        # Command and its arguments [default: the shell in SHELL]
  ]

  def "nu-complete xcred credential-process sdk" [] {
    [ "boto3" "aws-cli" "rust" "js" "go" "java" "ruby" ]
  }

  def "nu-complete xcred credential-process color" [] {
    [ "auto" "always" "never" ]
  }

  # Print credentials in `credential_process` format
  export extern "xcred credential-process" [
    --no-cache                # Bypass the cache of role credentials
    --sdk: string@"nu-complete xcred credential-process sdk" # Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --access-key-id: string   # Use this access key ID; the secret access key is read from standard input, and a session token from the next line
    --secret-fd: string       # Read the secret access key and the session token from this file descriptor instead, and close it
    --account-id: string      # Account ID of the access key
    --role-arn: string        # Assume this role with the credentials; the other options apply to it [default: the profile's own role]
    --policy-arn: string      # Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it
    --policy: string          # Allow only what this policy document allows too: JSON, or a file with it
    --read-only               # Allow only what AWS's policy ReadOnlyAccess allows too
    --duration: string        # How long the credentials last: 15m, 1h or seconds
    --session-name: string    # Name of the session in CloudTrail
    --source-identity: string # Source identity, which stays in CloudTrail through further roles
    --tag: string             # Session tag; may be repeated
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred credential-process color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    named?: string            # Profile, as with `--profile`
  ]

  def "nu-complete xcred console sdk" [] {
    [ "boto3" "aws-cli" "rust" "js" "go" "java" "ruby" ]
  }

  def "nu-complete xcred console color" [] {
    [ "auto" "always" "never" ]
  }

  # Sign a browser in to the AWS console with a profile's credentials
  export extern "xcred console" [
    --service: string         # Service to open: s3, ec2, cloudwatch
    --path: string            # Page to open, below the service's if one is named: /buckets/NAME
    --print                   # Print the link, and open no browser
    --no-cache                # Bypass the cache of role credentials
    --sdk: string@"nu-complete xcred console sdk" # Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --access-key-id: string   # Use this access key ID; the secret access key is read from standard input, and a session token from the next line
    --secret-fd: string       # Read the secret access key and the session token from this file descriptor instead, and close it
    --account-id: string      # Account ID of the access key
    --role-arn: string        # Assume this role with the credentials; the other options apply to it [default: the profile's own role]
    --policy-arn: string      # Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it
    --policy: string          # Allow only what this policy document allows too: JSON, or a file with it
    --read-only               # Allow only what AWS's policy ReadOnlyAccess allows too
    --duration: string        # How long the credentials last: 15m, 1h or seconds
    --session-name: string    # Name of the session in CloudTrail
    --source-identity: string # Source identity, which stays in CloudTrail through further roles
    --tag: string             # Session tag; may be repeated
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred console color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    named?: string            # Profile, as with `--profile`
  ]

  def "nu-complete xcred keys color" [] {
    [ "auto" "always" "never" ]
  }

  # List, create, rotate and delete the access keys of IAM users
  export extern "xcred keys" [
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred keys color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred keys list format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred keys list color" [] {
    [ "auto" "always" "never" ]
  }

  # List access keys: status, age, last use, and where each is used on this machine
  export extern "xcred keys list" [
    --user: string            # User whose keys to list [default: the caller]
    --all-users               # List the keys of all users of the account
    --older-than: string      # List only keys that are older than this: `90d`, `12w`, `36h`
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --format: string@"nu-complete xcred keys list format" # Output format
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred keys list color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred keys last-used format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred keys last-used color" [] {
    [ "auto" "always" "never" ]
  }

  # Show when and for what a key was last used
  export extern "xcred keys last-used" [
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --format: string@"nu-complete xcred keys last-used format" # Output format
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred keys last-used color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    id: string                # ID of the key
  ]

  def "nu-complete xcred keys create format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred keys create color" [] {
    [ "auto" "always" "never" ]
  }

  # Create an access key and write it into a profile
  export extern "xcred keys create" [
    --user: string            # User to create the key for [default: the caller]
    --save-as: string         # Profile to write the key to
    --overwrite               # Replace the profile's existing key
    --show-secret             # Print the key ID and the secret access key
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --resume                  # Finish an interrupted creation
    --undo                    # Roll back an interrupted creation
    --delete-lost: string     # Delete this key, whose secret was lost when the request was interrupted
    --keep: string            # Keep this key: it belongs to someone else
    --format: string@"nu-complete xcred keys create format" # Output format
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred keys create color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred keys activate color" [] {
    [ "auto" "always" "never" ]
  }

  # Activate a key
  export extern "xcred keys activate" [
    --user: string            # User that owns the key [default: ask IAM]
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred keys activate color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    id: string                # ID of the key
  ]

  def "nu-complete xcred keys deactivate color" [] {
    [ "auto" "always" "never" ]
  }

  # Deactivate a key
  export extern "xcred keys deactivate" [
    --user: string            # User that owns the key [default: ask IAM]
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --even-in-use             # Do it even if the key is in use on this machine
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred keys deactivate color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    id: string                # ID of the key
  ]

  def "nu-complete xcred keys delete color" [] {
    [ "auto" "always" "never" ]
  }

  # Delete a key permanently
  export extern "xcred keys delete" [
    --user: string            # User that owns the key [default: ask IAM]
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --yes(-y)                 # Don't ask
    --even-active             # Do it even if the key is active and was used
    --even-in-use             # Do it even if the key is in use on this machine
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred keys delete color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    id: string                # ID of the key
  ]

  def "nu-complete xcred keys rotate color" [] {
    [ "auto" "always" "never" ]
  }

  # Replace the profile's key with a new one everywhere it appears on this machine
  export extern "xcred keys rotate" [
    --delete                  # Delete the old key at the end without asking
    --delete-inactive         # Delete the user's other key first if it is inactive and unused for 30 days
    --yes(-y)                 # Don't ask before starting
    --expect-account: string  # Refuse credentials of another account, as the setting profiles.NAME.account does
    --expect: string          # Refuse credentials of another account, as the setting profiles.NAME.account does
    --resume                  # Finish an interrupted rotation
    --undo                    # Roll back an interrupted rotation
    --delete-lost: string     # Delete this key, whose secret was lost when the request was interrupted
    --keep: string            # Keep this key: it belongs to someone else
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred keys rotate color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred login format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred login color" [] {
    [ "auto" "always" "never" ]
  }

  # Sign in to IAM Identity Center, or to the console
  export extern "xcred login" [
    --sso-session: string     # Sign in to this sso-session, whatever the profile is
    --use-device-code         # Show a code to enter in any browser
    --no-browser              # Open no browser, and only show the address
    --remote                  # The browser is on another machine
    --port: string            # Port to which the browser comes back [default: login.port, or any free one]
    --timeout: string         # Seconds to wait for the user
    --if-needed               # Do nothing if the sign-in still lasts, and refresh it without asking if that is possible
    --console                 # Sign in to the console, and keep that as the profile's identity
    --replace                 # Replace the profile's identity, or an sso_region that the start URL contradicts, without asking
    --status                  # Show who is signed in, and until when; sign in to nothing
    --format: string@"nu-complete xcred login format" # Output format
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred login color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    named?: string            # Profile, as with `--profile`
  ]

  def "nu-complete xcred logout format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred logout color" [] {
    [ "auto" "always" "never" ]
  }

  # Sign out
  export extern "xcred logout" [
    --sso-session: string     # Sign out of this sso-session, whatever the profile is
    --all                     # Sign out of everything
    --format: string@"nu-complete xcred logout format" # Output format
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --color: string@"nu-complete xcred logout color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    named?: string            # Profile, as with `--profile`
  ]

  def "nu-complete xcred sso color" [] {
    [ "auto" "always" "never" ]
  }

  # List the accounts and roles of IAM Identity Center, and make profiles of them
  export extern "xcred sso" [
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred sso color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred sso accounts format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred sso accounts color" [] {
    [ "auto" "always" "never" ]
  }

  # List the accounts that a sign-in gives access to
  export extern "xcred sso accounts" [
    --sso-session: string     # Session to use instead of the profile's
    --login                   # Sign in first, if that is needed
    --format: string@"nu-complete xcred sso accounts format" # Output format
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --color: string@"nu-complete xcred sso accounts color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred sso roles format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred sso roles color" [] {
    [ "auto" "always" "never" ]
  }

  # List the roles that a sign-in gives access to
  export extern "xcred sso roles" [
    --sso-session: string     # Session to use instead of the profile's
    --login                   # Sign in first, if that is needed
    --sso-account-id: string  # List the roles of this account only
    --format: string@"nu-complete xcred sso roles format" # Output format
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --color: string@"nu-complete xcred sso roles color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred sso sync format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred sso sync color" [] {
    [ "auto" "always" "never" ]
  }

  # Add a profile for each account and role, and keep these profiles up to date
  export extern "xcred sso sync" [
    --sso-session: string     # Session to use instead of the profile's
    --login                   # Sign in first, if that is needed
    --name: string            # Names of new profiles [default: {account_name}/{role_name}]
    --set: string             # Set this key, such as `region=eu-west-1`, in profiles that don't have it
    --only: string            # Only these accounts or roles
    --prune                   # Remove profiles whose account or role is gone, unless they have comments, keys or values that this sync would not write
    --rename                  # Rename existing profiles, and every `source_profile` that names them, if the template gives another name
    --dry-run(-n)             # Show what would change, without changing anything
    --format: string@"nu-complete xcred sso sync format" # Output format
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --color: string@"nu-complete xcred sso sync color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred set color" [] {
    [ "auto" "always" "never" ]
  }

  # Set one key of a profile
  export extern "xcred set" [
    --replace                 # Replace a nested block, headers and settings that are part of the old value, and what is below a line that can't be parsed
    --dry-run(-n)             # Show what would change, without changing anything
    --sso-session: string     # Use this sso-session section instead of a profile
    --services: string        # Use this services section instead of a profile
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --color: string@"nu-complete xcred set color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    key: string               # Key to set: `region`, `s3.addressing_style`, `profile.dev.region`
    value: string             # Value, or `-` to read it from standard input
  ]

  def "nu-complete xcred unset color" [] {
    [ "auto" "always" "never" ]
  }

  # Remove one key of a profile
  export extern "xcred unset" [
    --replace                 # Also remove headers and settings that are part of the value, and what is below a line that can't be parsed
    --dry-run(-n)             # Show what would change, without changing anything
    --sso-session: string     # Use this sso-session section instead of a profile
    --services: string        # Use this services section instead of a profile
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --color: string@"nu-complete xcred unset color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    key: string               # Key to remove: `region`, `s3.addressing_style`, `profile.dev.region`
  ]

  def "nu-complete xcred profile color" [] {
    [ "auto" "always" "never" ]
  }

  # Remove, rename or copy a whole profile
  export extern "xcred profile" [
    --color: string@"nu-complete xcred profile color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred profile remove color" [] {
    [ "auto" "always" "never" ]
  }

  # Remove a profile from both files
  export extern "xcred profile remove" [
    --force                   # Remove it even if it is the source profile of others, or the rotation of its key is not finished
    --yes(-y)                 # Don't ask for confirmation; without a terminal nothing is asked
    --dry-run(-n)             # Show what would change, without changing anything
    --color: string@"nu-complete xcred profile remove color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    name: string              # Profile to remove
  ]

  def "nu-complete xcred profile rename color" [] {
    [ "auto" "always" "never" ]
  }

  # Rename a profile in both files, and in every `source_profile` that names it
  export extern "xcred profile rename" [
    --dry-run(-n)             # Show what would change, without changing anything
    --color: string@"nu-complete xcred profile rename color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    name: string              # Profile to rename
    new_name: string          # New name
  ]

  def "nu-complete xcred profile copy color" [] {
    [ "auto" "always" "never" ]
  }

  # Copy a profile in both files
  export extern "xcred profile copy" [
    --dry-run(-n)             # Show what would change, without changing anything
    --color: string@"nu-complete xcred profile copy color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    name: string              # Profile to copy
    new_name: string          # Name of the copy
  ]

  def "nu-complete xcred config color" [] {
    [ "auto" "always" "never" ]
  }

  # Show and change xcred's own settings
  export extern "xcred config" [
    --color: string@"nu-complete xcred config color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred config get color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the value of a setting; exit code 1 means that it isn't set
  export extern "xcred config get" [
    --color: string@"nu-complete xcred config get color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    key: string               # Setting to print: `cache.roles`, `mfa.devices.SERIAL`
  ]

  def "nu-complete xcred config set color" [] {
    [ "auto" "always" "never" ]
  }

  # Set a setting; the rest of the file is left untouched
  export extern "xcred config set" [
    --color: string@"nu-complete xcred config set color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    key: string               # Setting to change: `cache.roles`, `mfa.devices.SERIAL`
    value: string             # New value
  ]

  def "nu-complete xcred config unset color" [] {
    [ "auto" "always" "never" ]
  }

  # Remove a setting from the file
  export extern "xcred config unset" [
    --color: string@"nu-complete xcred config unset color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    key: string               # Setting to remove
  ]

  def "nu-complete xcred config path color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the path of the settings file
  export extern "xcred config path" [
    --color: string@"nu-complete xcred config path color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred config list format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred config list color" [] {
    [ "auto" "always" "never" ]
  }

  # List all settings, their values and where they come from
  export extern "xcred config list" [
    --format: string@"nu-complete xcred config list format" # Output format
    --color: string@"nu-complete xcred config list color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred init shell" [] {
    [ "bash" "zsh" "fish" "powershell" "nushell" "elvish" "xonsh" "tcsh" ]
  }

  def "nu-complete xcred init color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the shell code that `use` needs
  export extern "xcred init" [
    --color: string@"nu-complete xcred init color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete xcred init shell" # Shell to print the code for
  ]

  def "nu-complete xcred completions shell" [] {
    [ "bash" "zsh" "fish" "powershell" "elvish" "nushell" ]
  }

  def "nu-complete xcred completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the completions for a shell
  export extern "xcred completions" [
    --color: string@"nu-complete xcred completions color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete xcred completions shell" # Shell to print the completions for
  ]

  def "nu-complete xcred man color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a manual page, or write all of them to a folder
  export extern "xcred man" [
    --output(-o): path        # Write all pages to this folder, as `xcred.1`, `xcred-get.1` and so on
    --color: string@"nu-complete xcred man color" # When to use colors
    --verbose(-v)             # Print more detail
    --help(-h)                # Print help (see more with '--help')
    ...command: string        # Command whose page to print: `get`, `configure role` [default: xcred itself]
  ]

}

export use completions *
