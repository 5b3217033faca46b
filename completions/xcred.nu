module completions {

  def "nu-complete xcred color" [] {
    [ "auto" "always" "never" ]
  }

  # AWS profiles and credentials: write them safely, see which ones win, and why
  export extern xcred [
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred color" # When to use colours
    --verbose(-v)             # Tell more about what is done
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete xcred configure color" [] {
    [ "auto" "always" "never" ]
  }

  # Set a profile up by answering questions
  export extern "xcred configure" [
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred configure color" # When to use colours
    --verbose(-v)             # Tell more about what is done
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred list-profiles format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred list-profiles color" [] {
    [ "auto" "always" "never" ]
  }

  # List the profiles that the files define
  export extern "xcred list-profiles" [
    --long(-l)                # Show a table: where each profile's credentials come from, its region, and its lines in the files
    --format: string@"nu-complete xcred list-profiles format" # How to write the list
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred list-profiles color" # When to use colours
    --verbose(-v)             # Tell more about what is done
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred get format" [] {
    [ "text" "json" ]
  }

  def "nu-complete xcred get sdk" [] {
    [ "boto3" "aws-cli" ]
  }

  def "nu-complete xcred get color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the value of a setting
  export extern "xcred get" [
    --all                     # Print all settings that have a value; secrets are masked
    --stored                  # Look at the files only, not at options and environment
    --show-origin             # Show where the value comes from
    --default: string         # Print this if there is no such value
    --reveal                  # Show secrets in listings and JSON
    --format: string@"nu-complete xcred get format" # How to write it
    --sdk: string@"nu-complete xcred get sdk" # Whose order of variables to follow
    --sso-session: string     # Use this sso-session section instead of a profile
    --services: string        # Use this services section instead of a profile
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred get color" # When to use colours
    --verbose(-v)             # Tell more about what is done
    --help(-h)                # Print help (see more with '--help')
    key?: string              # Setting to print
  ]

  def "nu-complete xcred set color" [] {
    [ "auto" "always" "never" ]
  }

  # Set one key of a profile
  export extern "xcred set" [
    --replace                 # Let a plain value take the place of a nested block
    --dry-run(-n)             # Show what would change, and change nothing
    --sso-session: string     # Use this sso-session section instead of a profile
    --services: string        # Use this services section instead of a profile
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred set color" # When to use colours
    --verbose(-v)             # Tell more about what is done
    --help(-h)                # Print help (see more with '--help')
    key: string               # Key to set: `region`, `s3.addressing_style`, `profile.dev.region`
    value: string             # Value, or `-` to read it from standard input
  ]

  def "nu-complete xcred unset color" [] {
    [ "auto" "always" "never" ]
  }

  # Remove one key of a profile
  export extern "xcred unset" [
    --dry-run(-n)             # Show what would change, and change nothing
    --sso-session: string     # Use this sso-session section instead of a profile
    --services: string        # Use this services section instead of a profile
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred unset color" # When to use colours
    --verbose(-v)             # Tell more about what is done
    --help(-h)                # Print help (see more with '--help')
    key: string               # Key to remove: `region`, `s3.addressing_style`, `profile.dev.region`
  ]

  def "nu-complete xcred profile color" [] {
    [ "auto" "always" "never" ]
  }

  # Remove, rename or copy a whole profile
  export extern "xcred profile" [
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred profile color" # When to use colours
    --verbose(-v)             # Tell more about what is done
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete xcred profile remove color" [] {
    [ "auto" "always" "never" ]
  }

  # Remove a profile from both files
  export extern "xcred profile remove" [
    --force                   # Remove it even if other profiles name it as their source
    --dry-run(-n)             # Show what would change, and change nothing
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred profile remove color" # When to use colours
    --verbose(-v)             # Tell more about what is done
    --help(-h)                # Print help (see more with '--help')
    name: string              # Profile to remove
  ]

  def "nu-complete xcred profile rename color" [] {
    [ "auto" "always" "never" ]
  }

  # Rename a profile in both files, and in every `source_profile` that names it
  export extern "xcred profile rename" [
    --dry-run(-n)             # Show what would change, and change nothing
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred profile rename color" # When to use colours
    --verbose(-v)             # Tell more about what is done
    --help(-h)                # Print help (see more with '--help')
    name: string              # Profile to rename
    new_name: string          # Its new name
  ]

  def "nu-complete xcred profile copy color" [] {
    [ "auto" "always" "never" ]
  }

  # Copy a profile in both files
  export extern "xcred profile copy" [
    --dry-run(-n)             # Show what would change, and change nothing
    --profile(-p): string     # Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    --region: string          # Region to use instead of the configured one
    --color: string@"nu-complete xcred profile copy color" # When to use colours
    --verbose(-v)             # Tell more about what is done
    --help(-h)                # Print help (see more with '--help')
    name: string              # Profile to copy
    new_name: string          # The copy's name
  ]

}

export use completions *
