# frozen_string_literal: true

# Stands in for Homebrew, which is in no package registry: as much of the language of formulae as the
# recipe has, after Homebrew's Formula Cookbook and its classes Formula and Resource.
#
#     ruby brew.rb FORMULA.rb
#
# installs below HOMEBREW_PREFIX. A resource is not downloaded: it lies here, under the last part of
# its URL.

require "digest"
require "fileutils"
require "pathname"
require "tmpdir"

HOMEBREW_PREFIX = Pathname(ENV.fetch("HOMEBREW_PREFIX"))
HERE = Pathname.pwd

# `install` moves into a directory, and makes that.
class Pathname
  def install(*sources)
    mkpath
    sources.each { |source| FileUtils.mv source, self }
  end
end

module OS
  def self.mac? = false
end

Version = Struct.new(:to_s) do
  def major_minor = Version.new(to_s.split(".").first(2).join("."))
end

class Resource
  def initialize(&block) = instance_eval(&block)
  def url(value = @url) = @url = value
  def sha256(value = @sha256) = @sha256 = value

  def stage
    file = HERE/File.basename(url)
    abort "Error: Failed to download resource: #{url}" unless file.file?
    actual = Digest::SHA256.file(file).hexdigest
    abort "Error: SHA-256 mismatch\nExpected: #{sha256}\n  Actual: #{actual}" if actual != sha256
    Dir.mktmpdir do |directory|
      FileUtils.cp file, directory, preserve: true
      Dir.chdir(directory) { yield }
    end
  end
end

class Formula
  class << self
    def resources = @resources ||= {}
    def resource(name, &block) = resources[name] = Resource.new(&block)
    def version(value = @version) = @version = value
    def name(value = @name) = @name = value
    def depends_on(_) = nil
  end

  def name = self.class.name
  def version = Version.new(self.class.version)
  def resource(name) = self.class.resources.fetch(name)
  def prefix = HOMEBREW_PREFIX/"Cellar"/name/version.to_s
  def lib = prefix/"lib"
  def frameworks = prefix/"Frameworks"
  def on_macos = nil
  def on_linux = yield

  def system(command, *arguments)
    Kernel.system(command, *arguments.map(&:to_s)) || abort("Error: #{command} failed, see above")
  end
end

load ARGV.fetch(0)
PythonAT314.new.install
